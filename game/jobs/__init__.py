"""Work apart from the live rooms: a durable queue, and one file a job."""
