"""What is said of WordPress's export to whoever brought it, in one place and in plain words."""

from hub.pages.imports import sentences as of_word

ITALICS, UNDERLINED, COLOURED, STRUCK = of_word.ITALICS, of_word.UNDERLINED, of_word.COLOURED, of_word.STRUCK
HIDDEN = "Words that the old page hid were left out."
ATTACHMENTS = "Pictures and files were left out, {} of them: WordPress’s export does not hold them. Add them by hand."
OTHER_KIND = "What a plugin calls “{}” was left out, {} of them."
COMMENTS = "Comments of readers were left out, {} of them."
LABELS = "Categories and tags were left out: here a page is listed under the modules that you tick."
COLUMNS = "Columns and covers stand one after the other."
BUTTONS = "A button became a link."
FOOTNOTES = "Footnotes were left out: WordPress’s export does not hold them with their page."
SOCIAL = "Links to social media were left out."
MADE_ANEW = "What WordPress makes anew each time (a list of posts, a search, a calendar) was left out."
AS_TYPED = "Text that stood exactly as typed became plain lines."
DEFINITIONS = "A list of words with what they mean became paragraphs."
ELSEWHERE = "What was shown from another website (a film, a map, a sound) became a link."
NOWHERE = "What was shown from another website was left out: its address is not in the file."
PICTURE = "A picture was left out: WordPress’s export does not hold it. Add it by hand: {}."
NO_NAME = "it has no words"
FORMS = "A form was left out."
DRAWN = "A drawing or an equation was left out. Save it as a picture and add it by hand."
PLUGIN = "The block “{}” is a plugin’s. Its words became plain text."
PLUGIN_EMPTY = "The block “{}” is a plugin’s. It was left out: what it shows is not in the file."
SHORTCODE = "[{}] was left out: only WordPress knows what it shows there."
OTHER_TAG = "“{}” became plain text."
PATTERN_GONE = "A block that several pages shared was left out: it is not in the file."
LINK_IN_A_HEADING = of_word.LINK_IN_A_HEADING
LONG_HEADING = of_word.LONG_HEADING
SMALLER_HEADINGS = of_word.SMALLER_HEADINGS
FIRST_ROW, TABLE_CAPTION = of_word.FIRST_ROW, of_word.TABLE_CAPTION
MERGED, ONE_CELL = of_word.MERGED, of_word.ONE_CELL
LONG_QUOTE = "Who said a quotation was too long and became text."
LONG_TITLE = of_word.LONG_TITLE
LONG_SUMMARY = "Its excerpt was longer than a summary may be, and stands first on the page."
OLD_SITE = "A link still leads to the old website: {}. If that will go, bring what is there in as well."
WAS_A_DRAFT = "It was not published there either."
WAS_PRIVATE = "It was private there. Ask why before you publish it."
HAD_A_PASSWORD = "It asked for a password there. Ask why before you publish it."  # noqa: S105
WAS_IN_THE_BIN = "It was in WordPress’s bin."
NO_WORDS = "There are no words on it that a page could hold."
TOO_LONG = "It has more than {:,} letters: longer than anybody reads on a screen."
CAME_BEFORE = "It came in before, and is left as it is here."

EMPTY = "This file is empty: nothing of it arrived. Choose it again."
TOO_BIG = "This file is too big, at most 20 MB. In WordPress, export one kind or one year at a time."
NOT_WORDPRESS = (
    "This is not WordPress’s export. In WordPress choose Tools, Export, All content, and bring the .xml file that it"
    " gives."
)
BROKEN = "This file is damaged or was cut off. Export it from WordPress once more."
TOO_MANY = "There are {:,} pages in this export, at most {:,}. In WordPress, export one kind or one year at a time."
NOTHING = "There is no post and no page in this export."
TOO_MUCH_WORK = "Reading this file takes too long or too much memory. In WordPress, export one year at a time."
