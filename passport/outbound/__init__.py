"""What every host keeps to when it asks the network for something, whatever it opens its connections with.

address      which addresses may be fetched at all
media_types  of the documents that a check may want
ports        Fetching and Exchanging: how a host is asked for a document, or to send one request
answered     what came back
gather       run a check, fetch what it missed, run it again
shared       what lies behind a share link

`passport.fetch` does it on servers and desktops with httpx; a phone's browser has its own way.
"""
