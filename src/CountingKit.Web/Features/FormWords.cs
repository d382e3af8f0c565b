using System.ComponentModel.DataAnnotations;
using CountingKit.Messaging;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace CountingKit.Web.Features;

/// <summary>What a form's field must be, in our words instead of the framework's.</summary>
internal sealed class FormWords : IValidationMetadataProvider, IDisplayMetadataProvider
{
    private const string Unreadable = "This entry cannot be read. Enter it again.";

    public static void Set(MvcOptions mvc)
    {
        mvc.ModelMetadataDetailsProviders.Add(new FormWords());
        var words = mvc.ModelBindingMessageProvider;
        words.SetAttemptedValueIsInvalidAccessor((_, _) => Unreadable);
        words.SetNonPropertyAttemptedValueIsInvalidAccessor(_ => Unreadable);
        words.SetUnknownValueIsInvalidAccessor(_ => Unreadable);
        words.SetNonPropertyUnknownValueIsInvalidAccessor(() => Unreadable);
        words.SetValueIsInvalidAccessor(_ => Unreadable);
        words.SetValueMustNotBeNullAccessor(_ => "This entry is missing.");
        words.SetMissingBindRequiredValueAccessor(_ => "This entry is missing.");
        words.SetMissingKeyOrValueAccessor(() => "This entry is missing.");
        words.SetMissingRequestBodyRequiredValueAccessor(() => "Nothing was sent.");
        words.SetValueMustBeANumberAccessor(_ => "Enter a number.");
        words.SetNonPropertyValueMustBeANumberAccessor(() => "Enter a number.");
    }

    public void CreateValidationMetadata(ValidationMetadataProviderContext context)
    {
        foreach (var annotation in context.ValidationMetadata.ValidatorMetadata.OfType<ValidationAttribute>())
            if (AnnotationWords.Of(annotation, context.Key.ModelType) is { } words) annotation.ErrorMessage = words;
    }

    public void CreateDisplayMetadata(DisplayMetadataProviderContext context)
    {
        if (context.Key.Name is { } name) context.DisplayMetadata.DisplayName ??= () => AnnotationWords.NameOf(name);
    }
}
