namespace AtomicPay.Scanner.Images.Recognisers;

/// <summary>Where a key may begin.</summary>
/// <param name="Start">The frame of the prefix's first character.</param>
/// <param name="End">The frame of its underscore.</param>
/// <param name="Likelihood">In nats: 0 where nothing else is likelier.</param>
internal readonly record struct PrefixPlace(int Start, int End, double Likelihood);
