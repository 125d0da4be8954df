"""The demo district: offices from the policy pack, invented people in the posts, invented households, and a short history."""
