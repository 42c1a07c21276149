"""The recruiters' desk."""
