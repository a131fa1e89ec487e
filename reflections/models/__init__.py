"""What people write and answer, and what others answer them."""

from .instrument import Assessment, InstrumentVersion, Item, Scale, Wave

__all__ = ["Assessment", "InstrumentVersion", "Item", "Scale", "Wave"]
