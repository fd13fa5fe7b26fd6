SELECT {key:char-bars};
