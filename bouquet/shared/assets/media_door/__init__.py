"""The media door: films and pictures at a port of their own, handed by the kernel from disk to reader (sendfile).

    door     listens, gives each connection a thread, makes room, stops
    line     one connection: requests read, decided and answered in turn
    reading  bytes to requests (httptools), and what is no request of ours
    writing  an answer to bytes
    limits   how long, how large, how many

What is answered is delivery's to decide; here is only how it comes and goes. docs/decisions/0099 says why it exists.
"""
