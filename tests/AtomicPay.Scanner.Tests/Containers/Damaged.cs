namespace AtomicPay.Scanner.Tests.Containers;

/// <summary>Versions of a file that are cut off or have bytes of chance in them; the same ones in every run.</summary>
internal static class Damaged
{
    public static IEnumerable<byte[]> Of(byte[] whole, int flips = 60)
    {
        for (var tenth = 1; tenth < 10; tenth++)
        {
            yield return whole[..(whole.Length * tenth / 10)];
        }

        var random = new Random(whole.Length);
        for (var i = 0; i < flips; i++)
        {
            var damaged = (byte[])whole.Clone();
            for (var j = 0; j < 1 + (i % 8); j++)
            {
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            }

            yield return damaged;
        }
    }
}
