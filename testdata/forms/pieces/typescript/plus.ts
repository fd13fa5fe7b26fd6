export const key: string = '{key[..14]}' +
  '{key[14..]}';
