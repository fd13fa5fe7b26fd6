using System.Text.RegularExpressions;
using AtomicPay.Scanner.Images.Recognisers;
using CsCheck;

namespace AtomicPay.Scanner.Tests.Images;

/// <summary>What is made of the recogniser's answers, shown on answers that are made up.</summary>
public sealed partial class RecogniserTests
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly Gen<string> Keys = Gen.Select(
        Gen.Const("atpay_"), Gen.Int[0, 2].Select(static marker => ((string[])["", "live_", "test_"])[marker]), Gen.Char[Alphabet].Array[16, 64].Select(body => new string(body)),
        static (prefix, marker, body) => prefix + marker + body);

    [Fact]
    public void A_key_that_was_seen_clearly_is_read() =>
        Keys.Sample(key => KeyBeam.Search(Seen($"{key} "), 0, KeyForm.Any)[0].ShouldBe(key), iter: 100);

    [Fact]
    public void Whatever_was_seen_what_is_read_has_the_form_of_a_key() =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[20, 120]).Sample((seed, frames) =>
        {
            foreach (var form in (KeyForm[])[KeyForm.Any, KeyForm.Hex])
            {
                foreach (var text in KeyBeam.Search(Noise(seed, frames), 0, form))
                {
                    (form == KeyForm.Hex ? HexForm() : AnyForm()).IsMatch(text).ShouldBeTrue(text);
                }
            }
        }, iter: 100);

    [Fact]
    public void Doubtful_characters_give_several_readings_and_the_likelier_one_comes_first()
    {
        var seen = Logarithms($"{"atpay_"}{Alphabet[..30]} ");
        var at = FrameOf(seen, "atpay_".Length + 7);
        Put(seen, at, (Glyph.Of('h'), 0.6f), (Glyph.Of('b'), 0.39f));

        var read = KeyBeam.Search(new Emissions(seen), 0, KeyForm.Any);

        read[0][13].ShouldBe('h');
        read[1][13].ShouldBe('b');
    }

    [Fact]
    public void An_underscore_that_was_taken_for_a_space_is_still_one()
    {
        var key = $"atpay_live_{Alphabet[5..40]}";

        KeyBeam.Search(Seen($"{key.Replace('_', ' ')} "), 0, KeyForm.Any)[0].ShouldBe(key);
    }

    [Fact]
    public void A_key_ends_with_the_word()
    {
        var key = $"atpay_{Alphabet[..20]}";

        KeyBeam.Search(Seen($"{key} and then more"), 0, KeyForm.Any)[0].ShouldBe(key);
        KeyBeam.Search(Seen($"{key}* and then more"), 0, KeyForm.Any)[0].ShouldBe(key);
    }

    [Fact]
    public void The_text_that_was_seen_is_the_likeliest_one() =>
        Gen.Select(Keys, Gen.Int[0, 15], Gen.Char[Alphabet]).Sample((key, at, other) =>
        {
            var changed = key.ToCharArray();
            changed[^(at + 1)] = other;
            var alignment = new TextAlignment(Seen($"{key} "), 0);
            if (new string(changed) != key)
            {
                Likelihood(alignment, key).ShouldBeGreaterThan(Likelihood(alignment, new string(changed)) + 1);
            }
        }, iter: 100);

    [Fact]
    public void The_likelihoods_of_all_texts_add_up_to_one()
    {
        // One frame and two: every text that fits on them.
        var random = new Random(7);
        var logarithms = new float[2 * Glyph.Count];
        foreach (var frame in (int[])[0, 1])
        {
            Put(logarithms, frame, (Glyph.Of('a'), (float)(0.2 + (0.2 * random.NextDouble()))), (Glyph.Of('b'), 0.3f));
        }

        var alignment = new TextAlignment(new Emissions(logarithms), 0);
        var sum = ((string[])["a", "b", "ab", "ba"]).Sum(text => Math.Exp(Likelihood(alignment, text)));

        sum.ShouldBeInRange(0.8, 1.001);
    }

    [Fact]
    public void Each_character_is_put_where_it_was_seen() =>
        Keys.Sample(key =>
        {
            var frames = new TextAlignment(Seen($"{key} "), 0).Frames([.. key.Select(Glyph.Of)], static _ => false);

            frames.ShouldBe(Enumerable.Range(0, key.Length).Select(i => (i * 3) + 1));
        }, iter: 50);

    [Theory]
    [InlineData("KEY=atpay_Xy", 4)]
    [InlineData("atpay_Xy", 0)]
    [InlineData("atomicpay atpay_", 10)]
    public void The_beginning_of_a_key_is_spotted_where_it_stands(string text, int at)
    {
        var place = PrefixSpotter.Find(Seen(text.Replace('=', '*'))).ShouldHaveSingleItem();

        place.Start.ShouldBe((at * 3) + 1);
        place.Likelihood.ShouldBeGreaterThan(-1);
    }

    [Theory]
    [InlineData("the payload of the request")]
    [InlineData("pay_atpa_y")]
    [InlineData("ATOMICPAY_API_KEY")]
    public void Other_words_are_not_spotted(string text) => PrefixSpotter.Find(Seen(text)).ShouldBeEmpty();

    [Fact]
    public void Two_keys_on_a_line_are_two_places() =>
        PrefixSpotter.Find(Seen($"atpay_{Alphabet[..20]} atpay_{Alphabet[20..40]}")).Count.ShouldBe(2);

    private static double Likelihood(TextAlignment alignment, string text) => alignment.Likelihood([.. text.Select(Glyph.Of)], static _ => false);

    private static Emissions Seen(string text) => new(Logarithms(text));

    // Three frames a character: nothing, the character, nothing.
    private static float[] Logarithms(string text)
    {
        var logarithms = new float[text.Length * 3 * Glyph.Count];
        for (var i = 0; i < text.Length; i++)
        {
            Put(logarithms, i * 3);
            Put(logarithms, (i * 3) + 1, (GlyphOf(text[i]), 0.98f));
            Put(logarithms, (i * 3) + 2);
        }

        return logarithms;
    }

    private static int FrameOf(float[] logarithms, int character) => Math.Min((character * 3) + 1, (logarithms.Length / Glyph.Count) - 1);

    private static int GlyphOf(char character) => character switch
    {
        ' ' => Glyph.Space,
        '*' => Glyph.Other,
        _ => Glyph.Of(character),
    };

    // What is left of the frame is blank, but for a little of everything.
    private static void Put(float[] logarithms, int frame, params (int Glyph, float Probability)[] seen)
    {
        const float little = 1e-6f;
        var row = logarithms.AsSpan(frame * Glyph.Count, Glyph.Count);
        row.Fill(MathF.Log(little));
        row[Glyph.Blank] = MathF.Log(1 - seen.Sum(static one => one.Probability) - (little * (Glyph.Count - 1)));
        foreach (var (glyph, probability) in seen)
        {
            row[glyph] = MathF.Log(probability);
        }
    }

    private static Emissions Noise(int seed, int frames)
    {
        var random = new Random(seed);
        var logarithms = new float[frames * Glyph.Count];
        for (var frame = 0; frame < frames; frame++)
        {
            var weights = Enumerable.Range(0, Glyph.Count).Select(_ => Math.Exp(6 * random.NextDouble())).ToArray();
            var sum = weights.Sum();
            for (var glyph = 0; glyph < Glyph.Count; glyph++)
            {
                logarithms[(frame * Glyph.Count) + glyph] = (float)Math.Log(weights[glyph] / sum);
            }
        }

        return new Emissions(logarithms);
    }

    [GeneratedRegex("^atpay_[A-Za-z0-9_-]{1,144}$")]
    private static partial Regex AnyForm();

    [GeneratedRegex("^atpay_(live_|test_)?[0-9a-f]{0,144}$")]
    private static partial Regex HexForm();
}
