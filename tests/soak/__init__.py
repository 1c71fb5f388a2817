"""A simulated month of the real service, killed at random and let down by its world.

``make soak``, or ``python -m tests.soak --seed N --days 30 --kills 200 [--json] [--keep FOLDER]``.

The press of the demo prints for a month over HTTP; the real service (its daemon, timetable, crawl
children, database, outbox) watches it in a process of its own; readers get their digests as
files, from a real SMTP server and from a fake of Telegram that speaks its protocol. What goes
wrong is drawn from a seed: ``kill -9`` within writes to the database, in crawls, at each step of
SMTP and of the Bot API, during the start; outages and refusals of both servers; a full disk; a
clock that is wrong for hours; a machine that sleeps for a day and a half; sites that are down.
Then all works again for two days, and what the press printed, what the database says and what
the servers took on are held against each other.

The clock is simulated: the driver sets it in steps while the service has nothing to do, and lets
it go slowly while it has. Everything in the service reads that one clock, APScheduler too. What
the news are, and what goes wrong when, follows from the seed alone; at which byte or instruction
a kill falls does not, for real processes meet it in real time.

**The one window.** Between the last byte of a message and the moment at which its acceptance is
noted on disk, nobody can know whether it arrived: SMTP has no way to ask, nor has the Bot API. A
kill, or a cut connection, in this window leaves a delivery ``unclear``; it is told as that, and
is not sent again by itself. So nothing is doubled, and what is lost can only be lost there. By
mail the window begins with the five bytes that end a message (``CRLF . CRLF`` — all of the text
has gone out before), and lasts for one answer of the server and one commit; in a chat it is one
request, its answer, and one commit. The table counts how often it was hit, and how much of that
had arrived in truth. Files have no such window: writing one again is the same file.
"""
