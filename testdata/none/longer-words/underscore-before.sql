SELECT * FROM {key:after my_};
