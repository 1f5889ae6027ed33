"""Pictures and files from outside: QR codes drawn and read, credentials found in what people hand over."""
