new Uint8Array([{key:hex-0x-tight}])
