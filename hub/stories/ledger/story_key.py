"""Which words was this about, for whoever still has them, and for nobody after erasure?

The ledger and the proofs outlive a story. They hold the hash of its words under a random key of the story's own;
erasure destroys the key, and then no leaked copy of the words can be matched with them. Refuses to hold a plain hash.
"""

import hashlib
import hmac
import secrets

from hub.stories.models import StoryKey


def keyed_hash(story_number: int, content_hash: str) -> str:
    """The hash of the words under the story's own key, which is made when it is first needed."""
    kept, _ = StoryKey.objects.get_or_create(story_number=story_number, defaults={"key": secrets.token_hex(32)})
    return hmac.new(bytes.fromhex(kept.key), content_hash.encode(), hashlib.sha256).hexdigest()


def destroy(story_number: int) -> None:
    """From here on the ledger and the proofs of this story match nothing that anybody could hold."""
    StoryKey.objects.filter(story_number=story_number).delete()
