unsigned char key[] = {
{key:line|xxd-i}
};
