using System.Runtime.Intrinsics;

namespace AtomicPay.Scanner.Rules.Matching;

/// <summary>Estimates how often the bytes that a bucket admits follow each other by chance in what a scan goes through.</summary>
internal sealed class ByteFrequencies
{
    // Most common first, in source text and markup; only the order matters.
    private static ReadOnlySpan<byte> CommonInText =>
        " etaoinsrlcdupm\nfhg=.,\"_-/:0b()1yv2;3'w4<>x5k\t8679{}[]*ETASIRNCOLDPMzqjFBUGHV#\\&+$XWYK!|@?%QZJ`~^\r"u8;

    // Text, base64 and object files: long runs of base64 are rarer than text. The fourth lane is empty.
    private static readonly Vector128<float> Weights = Vector128.Create(1, 0.4f, 0.6f, 0);

    // For each upper half of a byte and each half of the set of lower halves: the sum over that set, for the three kinds at once.
    private readonly Vector128<float>[] _sums = new Vector128<float>[16 * 2 * 256];

    public ByteFrequencies()
    {
        var (text, base64, binary) = (Text(), Base64(), Binary());
        for (var half = 0; half < 16 * 2; half++)
        {
            for (var set = 1; set < 256; set++)
            {
                var value = (half * 8) + int.TrailingZeroCount(set);
                _sums[(half * 256) + set] = _sums[(half * 256) + (set & (set - 1))]
                    + Vector128.Create(text[value], base64[value], binary[value], 0);
            }
        }
    }

    public float Likelihood(in Nibbles admitted) =>
        Vector128.Dot(Weights, Share(admitted.Low0, admitted.High0) * Share(admitted.Low1, admitted.High1) * Share(admitted.Low2, admitted.High2));

    private Vector128<float> Share(int low, int high)
    {
        var sum = Vector128<float>.Zero;
        for (; high != 0; high &= high - 1)
        {
            var row = int.TrailingZeroCount(high) * 512;
            sum += _sums[row + (low & 0xFF)] + _sums[row + 256 + (low >> 8)];
        }

        return sum;
    }

    private static float[] Text()
    {
        var shares = new float[256];
        Array.Fill(shares, 1f / 1000);
        for (var rank = 0; rank < CommonInText.Length; rank++)
        {
            shares[CommonInText[rank]] = 1f / (rank + 10);
        }

        return Normalised(shares);
    }

    private static float[] Base64()
    {
        var shares = new float[256];
        foreach (var c in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8)
        {
            shares[c] = 1;
        }

        shares['\n'] = 1;
        return Normalised(shares);
    }

    // Zeros come in runs, so that even two of them say little.
    private static float[] Binary()
    {
        var shares = new float[256];
        Array.Fill(shares, 1);
        shares[0] = 200;
        return Normalised(shares);
    }

    private static float[] Normalised(float[] shares)
    {
        var sum = shares.Sum();
        return [.. shares.Select(share => share / sum)];
    }
}
