using System.ComponentModel.DataAnnotations;
using MediatR;

namespace CountingKit.Messaging;

/// <summary>Checks the shape of a message by the annotations on its properties. Rules belong to decisions.</summary>
public sealed class ValidationBehavior<TRequest, TResponse>
    : IPipelineBehavior<TRequest, TResponse> where TRequest : IRequest<TResponse>
{
    public Task<TResponse> Handle(TRequest request, CancellationToken ct, RequestHandlerDelegate<TResponse> next)
    {
        var found = new List<ValidationResult>();
        return Validator.TryValidateObject(request, new ValidationContext(request), found, validateAllProperties: true)
            ? next()
            : throw new InvalidMessageException(found);
    }
}

/// <summary>A message's shape is wrong; the page shows it at the field where it was given.</summary>
public sealed class InvalidMessageException(IReadOnlyList<ValidationResult> found)
    : Exception(string.Join(" ", found.Select(f => f.ErrorMessage)))
{
    public IReadOnlyList<ValidationResult> Found { get; } = found;
}
