"""The facilitator's remote."""
