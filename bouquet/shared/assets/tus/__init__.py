"""tus 1.0 (https://tus.io/protocols/resumable-upload): receiving files that may stop and go on.

A plain ASGI application at /tus/, beside Django: bytes go from the socket to the disk as they come, in threads, and the
file's own length is the offset, so nothing has to be repaired after a crash.

    application  the requests          body      from the socket to the disk
    protocol     headers and words     part      the file that grows: lock, offset, checksum
    rows         what the database is asked, in threads of its own
    endings      how an upload ends: the last byte, or given up
    receivers    what POST /tus/ may make
"""
