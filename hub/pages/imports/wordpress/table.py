"""What becomes of each thing that WordPress's export can hold: this module is the table, and nothing else says it.

As with Word files: kept; changed, and said; left out, and said; or how it looked. A block that stands in no row is a
plugin's: its words are kept as text, and its name is said. A test goes through the rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from hub.pages.imports.elements import Fate
from hub.pages.imports.wordpress import sentences as say


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    fate: Fate
    says: str = ""


def _rows(fate: Fate, names: str, says: str = "") -> Iterator[tuple[str, Row]]:
    return ((name, Row(name, fate, says)) for name in names.split())


K, C, L, LOOKS, UNSEEN = Fate.KEPT, Fate.CHANGED, Fate.LEFT_OUT, Fate.LOOKS, Fate.UNSEEN

KINDS: dict[str, Row] = dict(
    (
        *_rows(K, "post page"),
        *_rows(L, "attachment", say.ATTACHMENTS),
        *_rows(UNSEEN, "wp_block"),  # what is made of it stands in the pages that use it
        *_rows(UNSEEN, "revision customize_changeset oembed_cache user_request"),
        *_rows(
            LOOKS,
            "nav_menu_item wp_navigation wp_template wp_template_part wp_global_styles custom_css wp_font_family"
            " wp_font_face",
        ),
    )
)
"""Of each kind of thing. Another is a plugin's own: left out, and its name is said."""

BLOCKS: dict[str, Row] = dict(
    (
        *_rows(K, "core/paragraph core/heading core/list core/list-item core/quote core/pullquote core/table"),
        *_rows(K, "core/details core/block core/freeform core/html core/missing core/accordion core/accordion-item"),
        *_rows(K, "core/accordion-heading core/accordion-panel"),
        *_rows(K, "core/image core/gallery core/embed core/video core/audio core/file"),  # by their tags, below
        *_rows(K, "core/preformatted core/code core/verse core/shortcode"),  # the same
        *_rows(C, "core/columns core/column core/media-text core/cover", say.COLUMNS),
        *_rows(C, "core/buttons core/button", say.BUTTONS),
        *_rows(LOOKS, "core/group core/row core/stack core/spacer core/separator core/more core/nextpage"),
        *_rows(L, "core/footnotes", say.FOOTNOTES),
        *_rows(L, "core/social-links core/social-link", say.SOCIAL),
        *_rows(
            L,
            "core/latest-posts core/latest-comments core/rss core/archives core/categories core/calendar core/tag-cloud"
            " core/search core/query core/loginout core/page-list core/navigation core/site-title core/post-title"
            " core/post-date core/post-content core/comments core/table-of-contents",
            say.MADE_ANEW,
        ),
    )
)

TAGS: dict[str, Row] = dict(
    (
        *_rows(K, "p ul ol li b strong a sup sub br h1 h2 h3 h4 h5 h6 blockquote table details summary figcaption"),
        *_rows(K, "thead tbody tfoot tr th td caption cite"),
        *_rows(C, "pre", say.AS_TYPED),
        *_rows(C, "dl dt dd", say.DEFINITIONS),
        *_rows(C, "em i", say.ITALICS),
        *_rows(C, "u ins", say.UNDERLINED),
        *_rows(C, "mark", say.COLOURED),
        *_rows(C, "iframe embed object video audio", say.ELSEWHERE),
        *_rows(L, "s strike del", say.STRUCK),
        *_rows(L, "img picture", say.PICTURE),
        *_rows(L, "form input button select textarea fieldset", say.FORMS),
        *_rows(L, "svg canvas math", say.DRAWN),
        *_rows(UNSEEN, "script style noscript template link meta source track param colgroup col title head area map"),
        *_rows(
            LOOKS, "div span section article main header footer aside nav figure center address font small big code"
        ),
        *_rows(
            LOOKS, "kbd samp var tt abbr acronym q dfn time bdi bdo wbr hr label legend body html ruby rb rt rp data"
        ),
    )
)
"""Of each tag of HTML, in blocks and in pages without blocks. The words of another are kept, and its name is said."""

SHORTCODES: dict[str, Row] = dict(
    (
        *_rows(L, "caption wp_caption", say.PICTURE),
        *_rows(L, "gallery playlist", say.PICTURE),
        *_rows(C, "embed audio video", say.ELSEWHERE),
    )
)
"""Of what stands in square brackets. Another is a plugin's: it is left out, the words in it stay, its name is said."""

STATES: dict[str, Row] = dict(
    (
        *_rows(K, "publish"),
        *_rows(C, "draft pending future", say.WAS_A_DRAFT),
        *_rows(C, "private", say.WAS_PRIVATE),
        *_rows(L, "trash auto-draft inherit", say.WAS_IN_THE_BIN),
    )
)
"""Of what a page was there. Each comes in as a draft."""
