SELECT {key:char-sql};
