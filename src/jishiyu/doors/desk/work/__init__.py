"""The work desk's own pages: the whole list of tasks, batches, saved filters, taking on and handing over."""
