using BitMiracle.LibJpeg.Classic;
using SkiaSharp;

namespace AtomicPay.Scanner.Images.Covering;

/// <summary>
/// Takes parts out of a JPEG without decoding it: the coefficients of the blocks that are covered are replaced, those of all
/// others are written as they are, so that they lose nothing. Metadata and what lies behind the end stay behind.
/// </summary>
internal static class JpegBlocks
{
    private const int BlockSize = 8;
    private const int Coefficients = BlockSize * BlockSize;

    /// <summary>The picture with the boxes, widened to whole blocks, in an even grey; nothing when it cannot be done that way.</summary>
    public static byte[] Erase(byte[] content, IReadOnlyList<SKRectI> boxes)
    {
        // Boxes are of the picture as displayed, blocks of the picture as stored.
        using (var codec = SKCodec.Create(new MemoryStream(content)))
        {
            if (codec is not { EncodedOrigin: SKEncodedOrigin.TopLeft })
            {
                return [];
            }
        }

        try
        {
            using var input = new MemoryStream(content);
            using var output = new MemoryStream(content.Length);
            Copy(input, boxes, output);
            return output.ToArray();
        }
#pragma warning disable CA1031 // The library throws Exception itself for what it cannot read; the picture is then written anew from its pixels.
        catch (Exception)
#pragma warning restore CA1031
        {
            return [];
        }
    }

    private static void Copy(Stream input, IReadOnlyList<SKRectI> boxes, Stream output)
    {
        var source = new jpeg_decompress_struct(new SilentErrors());
        source.jpeg_stdio_src(input);
        source.jpeg_read_header(require_image: true);
        var planes = source.jpeg_read_coefficients();
        var target = new jpeg_compress_struct(new SilentErrors());
        target.jpeg_stdio_dest(output);
        source.jpeg_copy_critical_parameters(target);
        target.Optimize_coding = true;
        if (source.jpeg_has_multiple_scans())
        {
            target.jpeg_simple_progression();
        }

        var components = source.Comp_info.Take(source.Num_components).ToList();
        var unit = new SKSizeI(BlockSize * components.Max(c => c.H_samp_factor), BlockSize * components.Max(c => c.V_samp_factor));
        foreach (var (component, plane) in components.Zip(planes))
        {
            var rows = ((source.Image_height * component.V_samp_factor) + unit.Height - 1) / unit.Height;
            foreach (var box in boxes)
            {
                // In units, which hold as many blocks of each component as it has samples: what is covered is the same in all of them.
                var (left, right) = (box.Left / unit.Width * component.H_samp_factor, ((box.Right + unit.Width - 1) / unit.Width) * component.H_samp_factor);
                var (top, bottom) = (box.Top / unit.Height * component.V_samp_factor, ((box.Bottom + unit.Height - 1) / unit.Height) * component.V_samp_factor);
                for (var row = top; row < Math.Min(bottom, rows); row++)
                {
                    var blocks = plane.Access(row, 1)[0];
                    for (var column = left; column < Math.Min(right, component.Width_in_blocks); column++)
                    {
                        Clear(blocks[column]);
                    }
                }
            }
        }

        target.jpeg_write_coefficients(planes);
        target.jpeg_finish_compress();
        source.jpeg_finish_decompress();
    }

    private static void Clear(JBLOCK block)
    {
        for (var i = 0; i < Coefficients; i++)
        {
            block[i] = 0;
        }
    }

    /// <summary>The library would write what it finds odd to the console.</summary>
    private sealed class SilentErrors : jpeg_error_mgr
    {
        public override void output_message()
        {
        }
    }
}
