"""The web in, articles out: crawls news sources politely and reads their pages."""
