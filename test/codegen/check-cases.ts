export const fileCases: readonly { readonly code: string }[] = [];
