"""Telegram as a place where readers answer: buttons under stories, and a few commands.

The service asks for updates itself (long polling); nothing listens on a public address. What is
heard is noted in the database before it is answered, so that after a crash no command is
answered twice (it may be answered not at all), and a word that was pressed is noted together
with the mark it brings: both or neither.
"""
