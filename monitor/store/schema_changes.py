"""What later migrations change in the tables of ``monitor.store.schema``, in its style."""

from __future__ import annotations

SKIMMED = """
-- A page without a word of the topic (state 'read'): its text was not read. The row goes
-- when the page is read after all and becomes an article.
CREATE TABLE skimmed_pages (
    page TEXT PRIMARY KEY REFERENCES pages (key),
    found_at TEXT NOT NULL,      -- when it was first stored
    seen_at TEXT NOT NULL,       -- when it was last fetched
    url TEXT NOT NULL,           -- after redirects
    title TEXT NOT NULL,
    published_at TEXT,           -- NULL: no date found, and the next two are NULL too
    published_rule TEXT,
    published_raw TEXT,
    has_time INTEGER NOT NULL    -- 0: only the day is known
) STRICT, WITHOUT ROWID;
-- checked: what a window of time brought.
CREATE INDEX skimmed_pages_by_found ON skimmed_pages (found_at);
"""

ARCHIVED = """
-- The day's file in the archive that holds the response of the current text, and where in
-- it; NULL, both: none is kept, or not any more.
ALTER TABLE articles ADD COLUMN archive_file TEXT;
ALTER TABLE articles ADD COLUMN archive_offset INTEGER;
-- forget_archived: what an old file took along.
CREATE INDEX articles_by_archive_file ON articles (archive_file) WHERE archive_file IS NOT NULL;
"""

DATE_WITNESSES = """
-- How the entry knew dated_at: feed, sitemap, lastmod (a sitemap's last change), listing;
-- NULL: it gave no date, or was not asked.
ALTER TABLE pages ADD COLUMN dated_by TEXT;
UPDATE pages SET dated_by = (
    SELECT CASE kind WHEN 'sitemap' THEN 'lastmod' ELSE kind END FROM entries
    WHERE entries.source = pages.source AND entries.url = pages.found_in
) WHERE dated_at IS NOT NULL;

-- What the entry said of the publication; NULL: nothing.
ALTER TABLE articles ADD COLUMN witness_at TEXT;
ALTER TABLE revisions ADD COLUMN witness_at TEXT;
-- 1: the page's own date and the entry's are more than two days apart.
ALTER TABLE articles ADD COLUMN is_date_disputed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE revisions ADD COLUMN is_date_disputed INTEGER NOT NULL DEFAULT 0;

-- An article as a list shows it.
DROP VIEW cards;
CREATE VIEW cards AS SELECT
    articles.id, articles.source, sources.name AS paper, articles.url, articles.title,
    articles.sapo, articles.body, articles.published_at, articles.has_time,
    articles.is_date_disputed, articles.found_at,
    coalesce(articles.published_at, articles.found_at) AS dated_at,
    articles.original_source, articles.digest,
    scores.label, scores.value, scores.reasons, scores.flagged_at,
    places.province, places.province_then, places.unit
FROM articles
JOIN sources ON sources.key = articles.source
JOIN scores ON scores.article_id = articles.id
JOIN places ON places.article_id = articles.id;
"""

FIGURE_DAYS = """
-- First and last day of a figure's period, YYYY-MM-DD; NULL: open on that side, or not told.
ALTER TABLE figures ADD COLUMN period_from TEXT;
ALTER TABLE figures ADD COLUMN period_to TEXT;
"""

CATEGORIES = """
-- The section the page says it stands in; NULL: it names none.
ALTER TABLE articles ADD COLUMN category TEXT;
ALTER TABLE revisions ADD COLUMN category TEXT;
"""

COPIES = """
-- How an article of the topic is recognised where another paper prints it too. Articles with
-- one group_id tell one story.
CREATE TABLE prints (
    article_id INTEGER PRIMARY KEY REFERENCES articles (id),
    group_id INTEGER NOT NULL,   -- the first article of the story, itself where it is alone
    digest TEXT NOT NULL,        -- of the text the sketch was taken from
    dated_at TEXT NOT NULL,      -- when it was published; undated: found
    sketch TEXT NOT NULL,        -- JSON array of its values, empty for a text too short
    triples BLOB NOT NULL        -- hashes of all word triples, 8 bytes each, little end first
) STRICT;
CREATE INDEX prints_by_group ON prints (group_id);

-- The sketches turned round: who shares a value.
CREATE TABLE sketch_values (
    value INTEGER NOT NULL,
    article_id INTEGER NOT NULL REFERENCES prints (article_id),
    PRIMARY KEY (value, article_id)
) STRICT, WITHOUT ROWID;

-- A figure that a paper changed on its page.
CREATE TABLE corrections (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles (id),
    found_at TEXT NOT NULL,      -- when the changed page was stored
    before TEXT NOT NULL,        -- JSON of monitor.items.Figure
    after TEXT NOT NULL
) STRICT;
-- corrections_since: what a window of time brought.
CREATE INDEX corrections_by_found ON corrections (found_at);
-- article: the corrections of one article.
CREATE INDEX corrections_by_article ON corrections (article_id);
"""

MARKS = """
-- What a reader says of an article's flag; the last word counts.
CREATE TABLE marks (
    article_id INTEGER PRIMARY KEY REFERENCES articles (id),
    verdict TEXT NOT NULL CHECK (verdict IN ('right', 'wrong')),
    label TEXT NOT NULL CHECK (label IN ('main', 'part', 'none')), -- what was judged
    note TEXT,                   -- NULL: none
    marked_at TEXT NOT NULL
) STRICT;
"""

REVISITS = """
-- Of the answer the current text was read from; NULL: the server gave none.
ALTER TABLE pages ADD COLUMN etag TEXT;
ALTER TABLE pages ADD COLUMN last_modified TEXT;
-- When an article is to be looked at again; NULL: not any more.
ALTER TABLE pages ADD COLUMN next_revisit_at TEXT;
-- When an article's page was first told to be gone; NULL: the last answer was another.
ALTER TABLE pages ADD COLUMN gone_at TEXT;
-- due_revisits: the few that wait, among many that do not.
CREATE INDEX pages_to_revisit ON pages (source, next_revisit_at)
WHERE next_revisit_at IS NOT NULL;
-- withdrawals_since: what a window of time brought.
CREATE INDEX pages_by_gone ON pages (gone_at) WHERE gone_at IS NOT NULL;

-- When a source first answered: its rhythm is learnt from then on. NULL: it never did.
ALTER TABLE sources ADD COLUMN first_reached_at TEXT;
UPDATE sources SET first_reached_at = (
    SELECT min(found_at) FROM pages WHERE pages.source = sources.key
) WHERE last_success_at IS NOT NULL;
-- Requests a visit takes beside the pages it reads, the latest visits counting most; NULL: not
-- known yet.
ALTER TABLE sources ADD COLUMN requests_per_visit REAL;

-- What each site was asked for, by Vietnam's day.
CREATE TABLE site_requests (
    site TEXT NOT NULL,          -- as in source_hosts
    day TEXT NOT NULL,           -- YYYY-MM-DD
    requests INTEGER NOT NULL,
    PRIMARY KEY (site, day)
) STRICT, WITHOUT ROWID;
"""

PLACES = """
-- As monitor.items.Place tells it; NULL or empty: nothing is known, or the article was read
-- before this was asked (reread fills it).
ALTER TABLE places ADD COLUMN district TEXT;
ALTER TABLE places ADD COLUMN today TEXT NOT NULL DEFAULT '[]';      -- JSON array of text
ALTER TABLE places ADD COLUMN candidates TEXT NOT NULL DEFAULT '[]'; -- JSON array of text
ALTER TABLE places ADD COLUMN code TEXT;
ALTER TABLE places ADD COLUMN named TEXT NOT NULL DEFAULT '[]';      -- JSON array of codes

-- code and named turned round: which articles name a unit. The code of a wider or of another
-- day's unit is not here; whoever asks knows the table of units (gazetteer.table.extent).
CREATE TABLE article_units (
    unit TEXT NOT NULL,
    article_id INTEGER NOT NULL REFERENCES articles (id),
    PRIMARY KEY (unit, article_id)
) STRICT, WITHOUT ROWID;
-- store_reading: the units of one article.
CREATE INDEX article_units_by_article ON article_units (article_id);

-- The unit a figure's organisation is of, by its code; NULL: it names none that is known.
ALTER TABLE figures ADD COLUMN place_code TEXT;
-- figures_of_units: the few that are asked for.
CREATE INDEX figures_by_place ON figures (place_code) WHERE place_code IS NOT NULL;

-- An article as a list shows it.
DROP VIEW cards;
CREATE VIEW cards AS SELECT
    articles.id, articles.source, sources.name AS paper, articles.url, articles.title,
    articles.sapo, articles.body, articles.published_at, articles.has_time,
    articles.is_date_disputed, articles.found_at,
    coalesce(articles.published_at, articles.found_at) AS dated_at,
    articles.original_source, articles.digest,
    scores.label, scores.value, scores.reasons, scores.flagged_at,
    places.province, places.province_then, places.unit,
    places.district, places.today, places.candidates, places.code, places.named
FROM articles
JOIN sources ON sources.key = articles.source
JOIN scores ON scores.article_id = articles.id
JOIN places ON places.article_id = articles.id;
"""

BACKFILLS = """
-- How far the way through one entry into a source's past has come. A walk with nothing waiting
-- is done and stays as proof.
CREATE TABLE backfill_walks (
    source TEXT NOT NULL REFERENCES sources (key),
    first_day TEXT NOT NULL,     -- of the days looked for, YYYY-MM-DD, local
    last_day TEXT NOT NULL,
    entry TEXT NOT NULL,         -- its URL in the seeds
    walk TEXT NOT NULL,          -- JSON of crawler.items.Walk, after all it led to was stored
    requests INTEGER NOT NULL,   -- spent on it in all runs
    new INTEGER NOT NULL,        -- pages it led to that were not stored before
    flagged INTEGER NOT NULL,
    stepped_at TEXT NOT NULL,    -- when it last moved
    PRIMARY KEY (source, first_day, last_day, entry)
) STRICT, WITHOUT ROWID;

-- 1: found by looking back; a story of it without a date is no news.
ALTER TABLE pages ADD COLUMN is_backfilled INTEGER NOT NULL DEFAULT 0;
"""

SHORTFALLS = """
-- JSON of monitor.items.Shortfall; NULL: flagged, nothing found, or read before it was known.
ALTER TABLE scores ADD COLUMN shortfall TEXT;
"""

DISCOVERY = """
-- Why the last visit asked the entry (crawler.items.AskedBecause); NULL: never asked.
ALTER TABLE entries ADD COLUMN asked_because TEXT;
-- 1: what it showed then met what was known before; 0: it did not; NULL: nothing to compare.
ALTER TABLE entries ADD COLUMN reaches_back INTEGER;
-- The source's newest find when the entry last answered; NULL: it never did.
ALTER TABLE entries ADD COLUMN reach_at TEXT;
-- The newest publication it told of; NULL: it gives no dates.
ALTER TABLE entries ADD COLUMN newest_at TEXT;
-- Between two asks beside cheaper ways; NULL: not learned yet.
ALTER TABLE entries ADD COLUMN turn_seconds REAL;

-- What was read below an entry: files of a sitemap index, further pages of a listing.
CREATE TABLE entry_documents (
    source TEXT NOT NULL REFERENCES sources (key),
    entry TEXT NOT NULL,         -- as the seeds write it
    url TEXT NOT NULL,
    place INTEGER NOT NULL,      -- in the order of reading, from 0
    etag TEXT,                   -- as in entries
    last_modified TEXT,
    read_at TEXT NOT NULL,       -- equal to the entry's last_success_at: read then
    PRIMARY KEY (source, entry, url)
) STRICT, WITHOUT ROWID;

-- A time of which pages of a source may be missing, or were until closed_by showed them.
CREATE TABLE gaps (
    source TEXT PRIMARY KEY REFERENCES sources (key),
    since_at TEXT NOT NULL,      -- what was found until then is on its far side
    found_at TEXT NOT NULL,
    tried_at TEXT NOT NULL,
    closed_by TEXT,              -- URL of an entry; NULL: open
    resume TEXT NOT NULL         -- JSON array of [entry, address of its next page]
) STRICT, WITHOUT ROWID;
"""

RETENTION = """
-- 1: sapo and body were let go of; digest, score and figures are those of the text that was.
ALTER TABLE articles ADD COLUMN is_pruned INTEGER NOT NULL DEFAULT 0;

-- As before, and where the text goes, or comes back, under the same digest.
DROP TRIGGER articles_changing;
DROP TRIGGER articles_changed;
CREATE TRIGGER articles_changing BEFORE UPDATE ON articles
WHEN old.digest IS NOT new.digest OR old.is_pruned IS NOT new.is_pruned BEGIN
    INSERT INTO search_index (search_index, rowid, title, sapo, body)
    SELECT 'delete', id, title, sapo, body FROM folded_articles WHERE id = old.id;
END;
CREATE TRIGGER articles_changed AFTER UPDATE ON articles
WHEN old.digest IS NOT new.digest OR old.is_pruned IS NOT new.is_pruned BEGIN
    INSERT INTO search_index (rowid, title, sapo, body)
    SELECT id, title, sapo, body FROM folded_articles WHERE id = new.id;
END;
"""

CHATS = """
-- How far a Telegram bot's updates were heard. What was heard is not heard again.
CREATE TABLE telegram_bots (
    bot TEXT PRIMARY KEY,        -- its number: the part of its token that is no secret
    heard INTEGER,               -- id of the last update; NULL: none yet
    heard_at TEXT,               -- when; NULL with heard
    commands TEXT                -- what its menu was set to, as a hash; NULL: not set
) STRICT, WITHOUT ROWID;

-- Telegram groups that became supergroups, which have another id.
CREATE TABLE moved_chats (
    former TEXT PRIMARY KEY,     -- as the settings have it
    chat TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""
