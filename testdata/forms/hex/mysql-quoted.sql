select x'{key:hex}';
