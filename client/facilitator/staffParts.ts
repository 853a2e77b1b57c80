import { AgendaConsole } from './AgendaConsole.tsx';
import { FacilitatorSheet } from './FacilitatorSheet.tsx';

/** What staff have in the room beyond what families have. The page hands it to the room, which knows no facilitator. */
export const staffParts = { AgendaConsole, FacilitatorSheet };
