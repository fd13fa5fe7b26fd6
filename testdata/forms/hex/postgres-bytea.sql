insert into t values ('\x{key:hex}');
