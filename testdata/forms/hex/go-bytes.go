var key = []byte{ {key:hex-0x} }
