# escape=`
ENV KEY={key[..14]}`
{key[14..]}
