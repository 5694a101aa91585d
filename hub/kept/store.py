"""Where kept answers lie: in this process, up to so many bytes. The oldest goes first, and no answer fills it all."""

import threading

from hub.kept.kept import Kept

Address = tuple[str, str, str, str]
"""Scheme, host, path, query."""
MOST = 32 * 1024 * 1024
MOST_OF_ONE = 1024 * 1024


class Store:
    """Reads take no lock: what lies here cannot change, and who asks looks whether it is still good."""

    def __init__(self, most: int = MOST, most_of_one: int = MOST_OF_ONE) -> None:
        self.most, self.most_of_one, self.weight = most, min(most_of_one, most), 0
        self._kept: dict[Address, Kept] = {}  # in the order in which they came
        self._one_at_a_time = threading.Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, address: Address) -> Kept | None:
        return self._kept.get(address)

    def put(self, address: Address, kept: Kept) -> None:
        """In the place of what was kept for this address. Too much for one answer is not kept."""
        with self._one_at_a_time:
            self._take_out(address)
            if kept.weight > self.most_of_one:
                return
            self._kept[address] = kept
            self.weight += kept.weight
            while self.weight > self.most:
                self._take_out(next(iter(self._kept)))

    def forget(self, address: Address, kept: Kept) -> None:
        """Takes out exactly this one, unless another has taken its place."""
        with self._one_at_a_time:
            if self._kept.get(address) is kept:
                self._take_out(address)

    def _take_out(self, address: Address) -> None:
        if old := self._kept.pop(address, None):
            self.weight -= old.weight
