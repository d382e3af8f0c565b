using System.Security.Cryptography;
using System.Text;

namespace CountingKit.Workspaces;

/// <summary>The one-time code that makes whoever can read the console the first owner: 160 random bits.</summary>
public static class OwnerCode
{
    // Without I, L, O and U, which are read as something else.
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 32;
    private const int Group = 4;

    /// <summary>Eight groups of four characters.</summary>
    public static string New()
    {
        var characters = RandomNumberGenerator.GetItems<char>(Alphabet, Length);
        return string.Join('-', characters.Chunk(Group).Select(group => new string(group)));
    }

    /// <summary>SHA-256 in hex, over the code as it is meant: case, blanks and hyphens do not count.</summary>
    public static string HashOf(string code)
    {
        var meant = code.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit).Select(c => c switch
        {
            'O' => '0',
            'I' or 'L' => '1',
            _ => c,
        });
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes([.. meant])));
    }
}
