import { useRef, useState } from 'react';

/**
 * Copies text. Where the browser does not allow it, `byHand` holds the text to be shown in `field`, where it is selected
 * for the person to copy; null otherwise.
 */
export function useCopy<Field extends HTMLInputElement | HTMLTextAreaElement>() {
  const [copied, setCopied] = useState(false);
  const [byHand, setByHand] = useState<string | null>(null);
  const field = useRef<Field>(null);
  const copy = async (text: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      setByHand(null);
    } catch {
      setCopied(false);
      setByHand(text);
      requestAnimationFrame(() => field.current?.select());
    }
  };
  return { copied, byHand, field, copy };
}
