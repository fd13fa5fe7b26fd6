namespace AtomicPay.Scanner.Findings;

/// <summary>What a running scan is at: a snapshot that the progress display asks for now and then.</summary>
/// <param name="Phase">What is being read, in two or three words: <c>git history</c>.</param>
/// <param name="Counts">How much was read so far.</param>
/// <param name="Keys">How many different keys were found so far.</param>
internal readonly record struct ScanActivity(string Phase, ScanCounts Counts, int Keys);
