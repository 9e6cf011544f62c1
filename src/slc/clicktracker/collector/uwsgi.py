"""Can threads of our own run in this server?"""


def complaint_about_threads() -> str:
    """Return what is wrong, in words for the log and the control panel, or "".

    uWSGI starts threads, but without one of these options they stand still as soon
    as a request is answered.
    """
    try:
        import uwsgi
    except ImportError:
        return ""
    if any(uwsgi.opt.get(name) for name in ("enable-threads", "threads")):
        return ""
    return "uWSGI runs without threads, add enable-threads = true to its configuration"
