namespace AtomicPay.Scanner.Config;

internal enum ColorChoice
{
    Auto,
    Always,
    Never,
}
