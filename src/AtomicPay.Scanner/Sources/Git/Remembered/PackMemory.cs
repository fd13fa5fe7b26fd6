using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Sources.Git.Remembered;

/// <summary>What is known of a pack that was read to its end. It holds no key, no part of one and no hash of one.</summary>
/// <param name="Notable">The objects in which there is something to tell of, sorted; only these are read again.</param>
/// <param name="Clean">What all other objects counted for.</param>
/// <param name="Pictures">The SHA-256, in hexadecimal, of each picture in those others, sorted.</param>
internal sealed record PackMemory(IReadOnlyList<ObjectId> Notable, ContentTally Clean, IReadOnlyList<string> Pictures);
