const key = [
  "{key[..22]}",
  "{key[22..]}",
].join("");
