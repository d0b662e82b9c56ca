import '../ui/base.css';
import '../ui/font.css';
