export const terminal = '{key:after fl}'
