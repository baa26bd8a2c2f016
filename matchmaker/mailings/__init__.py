"""Mails that organisers write to a part of the participants."""
