powershell -NoProfile -EncodedCommand {key:command|utf16|base64}
