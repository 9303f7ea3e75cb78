using System.Text;
using TwinTrack.Enrolments.Domain;
using TwinTrack.Kernel;

namespace TwinTrack.Enrolments.Jobs;

/// <param name="Start">Byte of the file at which the line begins.</param>
/// <param name="End">Byte at which the next line begins.</param>
internal readonly record struct FileLine(long Start, long End, string Text);

/// <summary>
/// Cuts a stream into lines of strict UTF-8. Each line has its start position, so that another process can continue
/// there. It holds one buffer, however long a line is.
/// </summary>
internal sealed class LineReader(Stream stream, long position)
{
    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[] _buffer = new byte[2 * FileRefusals.LineMaxBytes];
    private int _from;
    private int _to;
    private long _position = position;
    private bool _ended;

    /// <summary>The next line without its line end, null at the end of the stream, or a refusal.</summary>
    internal Result<FileLine?> Next()
    {
        var length = _buffer.AsSpan(_from.._to).IndexOf((byte)'\n');
        while (length < 0 && !_ended && _to - _from < FileRefusals.LineMaxBytes)
        {
            Fill();
            length = _buffer.AsSpan(_from.._to).IndexOf((byte)'\n');
        }

        if (length < 0 && _from == _to)
        {
            return (FileLine?)null;
        }

        var bytes = length < 0 ? _to - _from : length + 1;
        return bytes > FileRefusals.LineMaxBytes ? FileRefusals.LineTooLong : Take(bytes);
    }

    private Result<FileLine?> Take(int bytes)
    {
        var text = _buffer.AsSpan(_from, bytes).TrimEnd("\r\n"u8);
        if (text.Contains((byte)0))
        {
            return FileRefusals.NotUtf8;
        }

        try
        {
            var line = new FileLine(_position, _position + bytes, Strict.GetString(text));
            _from += bytes;
            _position += bytes;
            return (FileLine?)line;
        }
        catch (DecoderFallbackException)
        {
            return FileRefusals.NotUtf8;
        }
    }

    private void Fill()
    {
        if (_from > 0)
        {
            _buffer.AsSpan(_from.._to).CopyTo(_buffer);
            (_from, _to) = (0, _to - _from);
        }

        var read = stream.Read(_buffer, _to, _buffer.Length - _to);
        _to += read;
        _ended = read == 0;
    }
}
