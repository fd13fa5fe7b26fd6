powershell -EncodedCommand {key:command|utf16|base64|base64}
