import { resolveScenario, scenarioName } from '../../formats/scenario-document.ts';
import { useSearch } from '../../store/search.ts';
import type { Subject } from '../../worker/search-protocol.ts';
import { DesignInWords } from '../shell/design-in-words.tsx';

/** Above figures and verdicts that are not of what is on screen: whose they are, so that nobody takes them for its own. */
export function OtherSubject({ subject }: { readonly subject: Subject }) {
  const isEnded = useSearch(({ status }) => status === 'ended' || status === 'dead');
  const title = resolveScenario(subject.scenario)?.title ?? scenarioName(subject.scenario);
  return (
    <p className="search-other" role="note">
      What stands below is of another search, <strong>{title}</strong> with the design{' '}
      <DesignInWords {...subject} />, and says nothing about what is on screen.
      {!isEnded && ' Start gives that search up.'}
    </p>
  );
}
