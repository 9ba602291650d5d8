"""The editors' desk (Wagtail's admin at /admin/): how it looks, and its screens for sites, brands, network, people."""
