"""The demo network: its people, its sites, and films that go through the real pipeline. `bouquet demo` fills it."""
