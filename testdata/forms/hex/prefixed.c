static const unsigned char key[] = { {key:hex-0x} };
