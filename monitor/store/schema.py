"""The tables as readable text: what each column means, what NULL means, what an index serves.

Times are UTC text of one width (``monitor.store.times``), truths are 0 or 1. This is what
the first migration makes; ``monitor.store.schema_changes`` holds what later ones change.
"""

from __future__ import annotations

SOURCES = """
-- A site of seeds/. It stays when it leaves the seeds (watched = 0): pages belong to it.
CREATE TABLE sources (
    key TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    home TEXT NOT NULL,
    province TEXT,               -- NULL: a national source
    succeeded_by TEXT,           -- NULL: speaks for itself; else read, not expected
    watched INTEGER NOT NULL,
    interval_seconds REAL,       -- NULL: the configured default
    last_crawled_at TEXT,        -- NULL: never
    last_success_at TEXT,        -- NULL: no entry ever answered
    failing_since_at TEXT,       -- first failure after the last success; NULL: not failing
    failures INTEGER NOT NULL DEFAULT 0, -- crawls in a row in which no entry answered
    failure_kind TEXT,           -- of the last failure, kept after recovery; NULL: none yet
    failure_detail TEXT,
    next_due_at TEXT,            -- NULL: at once
    retry_not_before_at TEXT     -- NULL: the site never asked for a pause
) STRICT;

-- Which source speaks on a host, its predecessors' hosts included (source_of_url).
CREATE TABLE source_hosts (
    host TEXT NOT NULL,          -- lower case, without www.
    source TEXT NOT NULL REFERENCES sources (key),
    PRIMARY KEY (host, source)
) STRICT, WITHOUT ROWID;

-- An address where a source lists its pages.
CREATE TABLE entries (
    source TEXT NOT NULL REFERENCES sources (key),
    url TEXT NOT NULL,           -- as the seeds write it, date fields unfilled
    kind TEXT NOT NULL,
    etag TEXT,                   -- the validators belong to the last visit whose links are
    last_modified TEXT,          -- all stored; NULL: the server gave none
    outcome TEXT CHECK (outcome IN ('read', 'unchanged', 'failed')), -- NULL: never visited
    links INTEGER NOT NULL DEFAULT 0,
    new_links INTEGER NOT NULL DEFAULT 0,
    last_visit_at TEXT,          -- NULL: never visited
    last_success_at TEXT,        -- NULL: it never answered
    failing_since_at TEXT,       -- NULL: not failing
    failure_kind TEXT,           -- of the last failure, kept after recovery; NULL: none yet
    failure_detail TEXT,
    PRIMARY KEY (source, url)
) STRICT, WITHOUT ROWID;

-- One batch of sources crawled by one child process.
CREATE TABLE crawl_runs (
    id INTEGER PRIMARY KEY,
    started_at TEXT NOT NULL,
    ended_at TEXT,               -- NULL: running, or its process died
    sources TEXT NOT NULL,       -- JSON array of keys
    summary TEXT                 -- JSON of IngestSummary; NULL with ended_at
) STRICT;

-- The one row that says when this watch began.
CREATE TABLE watch (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    began_at TEXT NOT NULL
) STRICT;
"""

ARTICLES = """
-- A page's address under its identity: what is known, what waits to be read.
CREATE TABLE pages (
    key TEXT PRIMARY KEY,        -- crawler.urls.page_key
    url TEXT NOT NULL,
    source TEXT NOT NULL REFERENCES sources (key),
    found_at TEXT NOT NULL,
    found_in TEXT,               -- URL of the entry; NULL: asked for by address
    title TEXT,                  -- as the entry prints it; NULL: it does not
    dated_at TEXT,               -- as the entry tells it; NULL: it does not
    state TEXT NOT NULL CHECK (state IN ('found', 'read', 'gone', 'failed')),
    checked_at TEXT,             -- last answer or failure; NULL: never asked
    attempts INTEGER NOT NULL DEFAULT 0, -- failures in a row
    failure_kind TEXT,           -- of the last failure; NULL: the last answer was a page
    failure_detail TEXT,
    next_try_at TEXT             -- failed: NULL is given up; found: NULL is at once
) STRICT;
-- crawl_state: a source's newest keys.
CREATE INDEX pages_by_source ON pages (source, found_at);
-- crawl_state: what waits, few rows among many that are read.
CREATE INDEX pages_waiting ON pages (source, next_try_at) WHERE state IN ('found', 'failed');
-- article: look-up by address.
CREATE INDEX pages_by_url ON pages (url);

-- The current text of a page that was read.
CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    page TEXT NOT NULL UNIQUE REFERENCES pages (key),
    found_at TEXT NOT NULL,      -- when the page was first stored as an article
    source TEXT NOT NULL REFERENCES sources (key),
    url TEXT NOT NULL,           -- after redirects
    title TEXT NOT NULL,
    sapo TEXT,                   -- NULL: none apart from the body
    body TEXT NOT NULL,
    author TEXT,
    published_at TEXT,           -- NULL: no date found, and the next two are NULL too
    published_rule TEXT,
    published_raw TEXT,
    has_time INTEGER NOT NULL,   -- 0: only the day is known
    original_source TEXT,        -- NULL: does not call itself a reprint
    family TEXT,                 -- NULL: no known CMS
    digest TEXT NOT NULL,        -- sha256 of title, sapo and body
    fetched_at TEXT NOT NULL,    -- when this text was first fetched
    seen_at TEXT NOT NULL        -- when it was last fetched
) STRICT;
-- pages_of, checked: what a window of time brought.
CREATE INDEX articles_by_source ON articles (source, found_at);
CREATE INDEX articles_by_found ON articles (found_at);
-- article, stories_since: look-up by address, and two links to one page.
CREATE INDEX articles_by_url ON articles (url);

-- Every other text a page has had, whole. Columns as in articles.
CREATE TABLE revisions (
    article_id INTEGER NOT NULL REFERENCES articles (id),
    source TEXT NOT NULL,
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    sapo TEXT,
    body TEXT NOT NULL,
    author TEXT,
    published_at TEXT,
    published_rule TEXT,
    published_raw TEXT,
    has_time INTEGER NOT NULL,
    original_source TEXT,
    family TEXT,
    digest TEXT NOT NULL,
    fetched_at TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    PRIMARY KEY (article_id, digest)
) STRICT;

-- What the topic makes of the current text.
CREATE TABLE scores (
    article_id INTEGER PRIMARY KEY REFERENCES articles (id),
    topic TEXT NOT NULL,
    label TEXT NOT NULL CHECK (label IN ('main', 'part', 'none')),
    value REAL NOT NULL,
    reasons TEXT NOT NULL,       -- JSON array of monitor.items.Reason, strongest first
    flagged_at TEXT CHECK ((flagged_at IS NULL) = (label = 'none')) -- when it became a story
) STRICT;
-- stories_since, checked, latest: the few that are flagged.
CREATE INDEX scores_flagged ON scores (flagged_at) WHERE flagged_at IS NOT NULL;

-- Where the current text is about.
CREATE TABLE places (
    article_id INTEGER PRIMARY KEY REFERENCES articles (id),
    province TEXT,               -- today's; NULL: not told
    province_then TEXT,          -- by its name on the day of publication; NULL: not told
    unit TEXT                    -- district, commune or ward as written; NULL: not told
) STRICT;

-- Numbers about organisations in the current text, in its order.
CREATE TABLE figures (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles (id),
    metric TEXT NOT NULL,
    value REAL NOT NULL,
    value_max REAL,              -- NULL: not a range
    unit TEXT,
    qualifier TEXT NOT NULL,
    basis TEXT,                  -- NULL: said of the period as a whole
    period TEXT,                 -- NULL: not told
    org TEXT,                    -- NULL: not told
    evidence TEXT NOT NULL,
    start_offset INTEGER NOT NULL, -- of the evidence in the text, in characters
    end_offset INTEGER NOT NULL,
    note TEXT                    -- NULL: read, not derived
) STRICT;
-- article, stories_since: the figures of one article.
CREATE INDEX figures_by_article ON figures (article_id);
"""

DIGESTS = """
-- A day's digest as it was decided; what is sent is rendered from content alone.
CREATE TABLE digests (
    id INTEGER PRIMARY KEY,
    day TEXT NOT NULL UNIQUE,    -- local day, YYYY-MM-DD
    since_at TEXT NOT NULL,
    until_at TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    content TEXT NOT NULL        -- JSON of monitor.items.Digest
) STRICT;

-- A story stands in one digest only; the key sees to that.
CREATE TABLE digest_stories (
    article_id INTEGER PRIMARY KEY REFERENCES articles (id),
    digest_id INTEGER NOT NULL REFERENCES digests (id)
) STRICT;

-- One digest to one recipient by one channel.
CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY,
    digest_id INTEGER NOT NULL REFERENCES digests (id),
    channel TEXT NOT NULL,
    recipient TEXT NOT NULL,
    state TEXT NOT NULL
        CHECK (state IN ('waiting', 'handing-over', 'sent', 'refused', 'unclear')),
    attempts INTEGER NOT NULL DEFAULT 0,
    next_try_at TEXT,            -- NULL: at once while waiting, else never
    parts_done INTEGER NOT NULL DEFAULT 0,
    error TEXT,                  -- NULL: the last try had none
    doubt TEXT,                  -- which part may not have arrived, and why; NULL: none
    sent_at TEXT,                -- NULL: not sent
    UNIQUE (digest_id, channel, recipient)
) STRICT;
-- due_deliveries, deliveries: what is not settled, few among many that are sent.
CREATE INDEX deliveries_by_state ON deliveries (state, next_try_at);
"""

SEARCH = """
-- What search reads: đ as d, letter for letter, so that offsets stay true. unicode61 folds
-- every other mark, decomposed letters too. ð is what old keyboards typed for đ.
CREATE VIEW folded_articles AS SELECT
    id,
    replace(replace(replace(replace(title, 'đ', 'd'), 'Đ', 'D'), 'ð', 'd'), 'Ð', 'D') AS title,
    replace(replace(replace(replace(sapo, 'đ', 'd'), 'Đ', 'D'), 'ð', 'd'), 'Ð', 'D') AS sapo,
    replace(replace(replace(replace(body, 'đ', 'd'), 'Đ', 'D'), 'ð', 'd'), 'Ð', 'D') AS body
FROM articles;

CREATE VIRTUAL TABLE search_index USING fts5 (
    title, sapo, body,
    content = 'folded_articles', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TRIGGER articles_inserted AFTER INSERT ON articles BEGIN
    INSERT INTO search_index (rowid, title, sapo, body)
    SELECT id, title, sapo, body FROM folded_articles WHERE id = new.id;
END;

-- The index forgets a row only when told what it held: before the row changes.
CREATE TRIGGER articles_changing BEFORE UPDATE ON articles
WHEN old.digest IS NOT new.digest BEGIN
    INSERT INTO search_index (search_index, rowid, title, sapo, body)
    SELECT 'delete', id, title, sapo, body FROM folded_articles WHERE id = old.id;
END;
CREATE TRIGGER articles_changed AFTER UPDATE ON articles
WHEN old.digest IS NOT new.digest BEGIN
    INSERT INTO search_index (rowid, title, sapo, body)
    SELECT id, title, sapo, body FROM folded_articles WHERE id = new.id;
END;
CREATE TRIGGER articles_deleted BEFORE DELETE ON articles BEGIN
    INSERT INTO search_index (search_index, rowid, title, sapo, body)
    SELECT 'delete', id, title, sapo, body FROM folded_articles WHERE id = old.id;
END;

-- An article as a list shows it.
CREATE VIEW cards AS SELECT
    articles.id, articles.source, sources.name AS paper, articles.url, articles.title,
    articles.sapo, articles.body, articles.published_at, articles.has_time, articles.found_at,
    coalesce(articles.published_at, articles.found_at) AS dated_at,
    articles.original_source, articles.digest,
    scores.label, scores.value, scores.reasons, scores.flagged_at,
    places.province, places.province_then, places.unit
FROM articles
JOIN sources ON sources.key = articles.source
JOIN scores ON scores.article_id = articles.id
JOIN places ON places.article_id = articles.id;
"""
