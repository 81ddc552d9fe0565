"""An extract of our own: streets, places, parks, lakes and museums named in many scripts."""

from xml.sax.saxutils import quoteattr

WEST, SOUTH = 10.0, 20.0
BOX = (WEST, SOUTH, WEST + 0.024, SOUTH + 0.024)
# Street, place, park, museum, lake in each script; every one of them is a real name.
NAMES = {
    "arabic": ("شارع الملك فيصل", "القاهرة", "حديقة الأزهر", "المتحف المصري", "بحيرة ناصر"),
    "hebrew": ("רחוב בן יהודה", "ירושלים", "גן סאקר", "מוזיאון ישראל", "אגם מונפורט"),
    "chinese": ("长安街", "广州", "颐和园", "历史博物馆", "东湖"),
    "japanese": ("銀座通り", "さいたま", "上野恩賜公園", "東京国立博物館", "びわ湖"),
    "korean": ("세종대로", "서울", "올림픽공원", "국립중앙박물관", "석촌호수"),
    "thai": ("ถนนสุขุมวิท", "กรุงเทพ", "สวนลุมพินี", "พิพิธภัณฑ์สถาน", "บึงน้ำใหญ่"),
    "devanagari": ("महात्मा गांधी मार्ग", "नई दिल्ली", "लोधी उद्यान", "राष्ट्रीय संग्रहालय", "पिछोला झील"),
    "cyrillic": ("Невский проспект", "Київ", "Летний сад", "Эрмитаж", "Женевское озеро"),
    "greek": ("Οδός Ερμού", "Αθήνα", "Εθνικός Κήπος", "Μουσείο Ακρόπολης", "Λίμνη Πλαστήρα"),
    "vietnamese": ("Phố Nguyễn Huệ", "Hà Nội", "Công viên Thống Nhất", "Bảo tàng Mỹ thuật", "Hồ Hoàn Kiếm"),
    "georgian": ("რუსთაველის გამზირი", "თბილისი", "ვაკის პარკი", "ეროვნული მუზეუმი", "ლისის ტბა"),
    "armenian": ("Մաշտոցի պողոտա", "Երևան", "Հաղթանակ զբոսայգի", "Մատենադարան", "Սևանա լիճ"),
    "bengali": ("রবীন্দ্র সরণি", "ঢাকা", "রমনা পার্ক", "জাতীয় জাদুঘর", "হাতিরঝিল"),
    "tamil": ("அண்ணா சாலை", "சென்னை", "செம்மொழிப் பூங்கா", "அருங்காட்சியகம்", "செம்பரம்பாக்கம்"),
    "amharic": ("ቸርችል ጎዳና", "አዲስ አበባ", "የአንድነት ፓርክ", "ብሔራዊ ሙዚየም", "ጣና ሐይቅ"),
    "khmer": ("មហាវិថីព្រះនរោត្តម", "ភ្នំពេញ", "សួនវត្តភ្នំ", "សារមន្ទីរជាតិ", "បឹងកក់"),
}
CJK = ("chinese", "japanese", "korean")
# What no font of the bundled ones has, with another name; without one; and a name with a sign that may go.
EGYPTIAN, EMOJI = "𓇋𓏠𓈖", "Cafeteria 🍕"
MIXED = "شارع Bourguiba ⵔⵔⴱⴰⵟ 12"
KINDS = ("street", "place", "park", "museum", "lake")


def write(path, scripts=tuple(NAMES), others=(), box=BOX):
    """Write `path` (.osm) with the names of `scripts`; `others` are further tags, {kind: tags} by script."""
    others = dict(others)
    west, south, east, north = box
    nodes, ways = [], []

    def node(x, y, tags=None):
        nodes.append((west + x * (east - west), south + y * (north - south), tags or {}))
        return len(nodes)

    def way(points, tags, closed=False):
        ids = [node(x, y) for x, y in points]
        ways.append((ids + ids[:1] if closed else ids, tags))

    columns = 2
    rows = -(-len(scripts) // columns)
    for number, script in enumerate(scripts):
        names = dict(zip(KINDS, NAMES.get(script, (script,) * 5)))
        tags = {kind: {"name": name, **others.get(script, {}).get(kind, {})} for kind, name in names.items()}
        left, height = (number % columns) / columns + 0.02, 0.92 / rows
        bottom, width = 0.04 + (number // columns) * height, 0.46
        bend = [(left + width * part / 12, bottom + height * (0.1 + 0.0008 * part * part)) for part in range(13)]
        way(bend, {"highway": "secondary", **tags["street"]})
        node(left + 0.13, bottom + height * 0.5, {"place": "town", **tags["place"]})
        for x, kind, key in ((0.24, "park", {"leisure": "park"}), (0.37, "lake", {"natural": "water"})):
            low, high = bottom + height * 0.35, bottom + height * 0.92
            corners = [(left + x, low), (left + x + 0.11, low), (left + x + 0.11, high), (left + x, high)]
            way(corners, {**key, **tags[kind]}, True)
        node(left + 0.03, bottom + height * 0.8, {"tourism": "museum", **tags["museum"]})
    with open(path, "w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6" generator="tests">\n')
        # It says what it covers: nothing ends inside the page.
        file.write(f'<bounds minlon="{west}" minlat="{south}" maxlon="{east}" maxlat="{north}"/>\n')
        for number, (lon, lat, tags) in enumerate(nodes, 1):
            file.write(f'<node id="{number}" version="1" lat="{lat:.7f}" lon="{lon:.7f}">{_tags(tags)}</node>\n')
        for number, (ids, tags) in enumerate(ways, 1):
            refs = "".join(f'<nd ref="{item}"/>' for item in ids)
            file.write(f'<way id="{number}" version="1">{refs}{_tags(tags)}</way>\n')
        file.write("</osm>\n")
    return path


def _tags(tags):
    return "".join(f"<tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in tags.items())
