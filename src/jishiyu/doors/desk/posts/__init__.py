"""Who holds which post: given and ended by the administrator; and near relatives, declared by each officer."""
